// Key light with a soft shadow, GGX-like highlight, wrapped diffuse for skin, hemisphere ambient.
uniform sampler2DShadow shadow_map;
uniform int noise_layer;
uniform vec3 eye;
uniform vec3 key_direction;
uniform vec3 key_colour;
uniform vec3 fill_direction;
uniform vec3 fill_colour;
uniform vec3 sky;
uniform vec3 ground;
uniform vec3 side;
uniform float shadow_softness;
uniform mat4 view;
in vec3 world;
in vec3 world_normal;
in vec2 texcoord;
flat in uvec4 label;
in vec4 shadow_position;
layout(location = 0) out vec4 colour;
layout(location = 1) out vec4 ids;
layout(location = 2) out float depth;

const int TAPS = 6;
const vec2 DISC[6] = vec2[6](vec2(-.7, -.3), vec2(.1, -.8), vec2(.8, -.2), vec2(-.2, .1), vec2(.4, .3), vec2(-.8, .5));

float gradient_noise(vec2 q) {  // interleaved gradient noise
  return fract(52.9829189 * fract(dot(q, vec2(.06711056, .00583715))));
}

float lit_share(float cosine) {
  float angle = 6.28 * gradient_noise(gl_FragCoord.xy);
  mat2 turn = mat2(cos(angle), -sin(angle), sin(angle), cos(angle));
  vec3 at = shadow_position.xyz * .5 + .5;
  if (any(greaterThan(abs(shadow_position.xy), vec2(.99)))) return 1.;
  float bias = .0015 + .004 * (1. - max(cosine, 0.));
  float lit = 0.;
  for (int i = 0; i < TAPS; i++) lit += texture(shadow_map, vec3(at.xy + turn * DISC[i] * shadow_softness, at.z - bias));
  return lit / float(TAPS);
}

void main() {
  Material m = materials[label.w];
  float roughness = m.look.y, specular = m.look.z, bump = m.look.w, subsurface = m.flags.w;
  ids = vec4(vec3(label.xyz) / 255., 1.);
  depth = -(view * vec4(world, 1)).z;

  vec3 N = normalize(world_normal);
  vec2 t = texcoord;
  if (m.flags.y > .5) {
    vec3 a = abs(N);
    t = (a.y > a.x && a.y > a.z) ? world.xz : (a.x > a.z ? world.zy : world.xy);
  }
  vec3 albedo = texture(textures, vec3(t * m.flags.z, m.look.x)).rgb;
  if (m.tint.a > 0.) albedo = mix(albedo, vec3(dot(albedo, vec3(.3, .59, .11))) * 1.6, m.tint.a);
  albedo = pow(albedo, vec3(2.2)) * m.tint.rgb;
  if (subsurface < 0.) {
    colour = vec4(albedo, 1);
    return;
  }

  vec3 V = normalize(eye - world);
  if (dot(N, V) < 0.) N = -N;
  if (bump > 0.) {
    vec2 at = (abs(N.x) > abs(N.z) ? world.zy : world.xy) * .18 + texcoord * 1.7;
    vec2 g = texture(textures, vec3(at, float(noise_layer))).rg * 2. - 1.;
    vec3 push = vec3(g.x, g.y, -g.x * .5);
    N = normalize(N + bump * 2.5 * (push - N * dot(N, push)));
  }
  vec3 L = -key_direction;
  float nl = dot(N, L), nv = max(dot(N, V), .05), lit = lit_share(nl);
  vec3 wrapped = max(vec3((nl + .35) / 1.35, (nl + .12) / 1.12, (nl + .05) / 1.05), 0.);
  vec3 diffuse = mix(vec3(max(nl, 0.)), wrapped, subsurface) * mix(lit, max(lit, .15), subsurface);
  vec3 H = normalize(L + V);
  float a2 = roughness * roughness * roughness * roughness, nh = max(dot(N, H), 0.), d = nh * nh * (a2 - 1.) + 1.;
  float distribution = a2 / (3.1416 * d * d);
  float fresnel = specular + (1. - specular) * pow(1. - max(dot(H, V), 0.), 5.);
  float masking = 1. / (4. * max(nv, .2) * max(nl, .2));
  vec3 highlight = vec3(distribution * fresnel * masking * max(nl, 0.) * lit);
  vec3 ambient = max(mix(ground, sky, N.y * .5 + .5) + side * N.x, 0.);
  vec3 reflected = mix(ground, sky * 1.5, smoothstep(-.3, .6, reflect(-V, N).y));
  float gloss = specular + (1. - specular) * pow(1. - nv, 5.) * (1. - roughness);
  vec3 fill = fill_colour * max(dot(N, -fill_direction), 0.);
  colour = vec4(albedo * (diffuse * key_colour + ambient + fill) + highlight * key_colour + reflected * gloss * (1. - roughness * .7), 1);
}
