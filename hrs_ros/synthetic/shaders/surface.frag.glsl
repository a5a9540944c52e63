// Key light with a soft shadow, GGX-like highlight, wrapped diffuse for skin, hemisphere ambient.
// Compiled with BUMPS for any material, with SMOOTH for lit ones without bumps, with UNLIT for those without light:
// drivers in software take both sides of every branch.
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
uniform mat4 shadow_matrix;  // orthographic
uniform float shadow_softness;
uniform float exposure;
in vec3 world;
in vec3 world_normal;
in vec2 texcoord;
flat in uvec4 label;
layout(location = 0) out vec4 colour;
layout(location = 1) out vec4 ids;

const int TAPS = 4;  // of each of the samples of a pixel, turned differently
const vec2 DISC[4] = vec2[4](vec2(-.6, -.55), vec2(.75, -.3), vec2(-.1, .2), vec2(-.3, .85));

vec3 linear_light(vec3 c) {  // c^2.2 within 0.001; pow costs several times more
  return max(c * (-.0123 + c * (.71186 + c * (.42697 - .12652 * c))), 0.);
}

float fifth_power(float x) {
  float squared = x * x;
  return squared * squared * x;
}

float gradient_noise(vec2 q) {  // interleaved gradient noise
  return fract(52.9829189 * fract(dot(q, vec2(.06711056, .00583715))));
}

float lit_share(float cosine) {
  // A half turn by the tangent of half the angle, without sine and cosine.
  float tangent = 2. * gradient_noise(gl_FragCoord.xy) - 1., squared = tangent * tangent;
  vec2 direction = vec2(1. - squared, 2. * tangent) / (1. + squared);
  mat2 turn = mat2(direction.x, -direction.y, direction.y, direction.x);
  // Not from the vertices: small triangles are dearer to set up than fragments are to place.
  vec3 place = (shadow_matrix * vec4(world, 1)).xyz, at = place * .5 + .5;
  if (any(greaterThan(abs(place.xy), vec2(.99)))) return 1.;
  float bias = .0015 + .004 * (1. - max(cosine, 0.));
  float lit = 0.;
  for (int i = 0; i < TAPS; i++) lit += texture(shadow_map, vec3(at.xy + turn * DISC[i] * shadow_softness, at.z - bias));
  return lit / float(TAPS);
}

// Tone mapping before samples are averaged: edges of lights stay smooth. Roots, since 8 bits have to hold dark colours.
vec4 developed(vec3 c) {
  c *= exposure;
  return vec4(sqrt(clamp(c * (2.51 * c + .03) / (c * (2.43 * c + .59) + .14), 0., 1.)), 1);
}

void main() {
  Material m = materials[label.w];
  float roughness = m.look.y, specular = m.look.z, bump = m.look.w, subsurface = m.flags.w;
  ids = vec4(vec3(label.xyz) / 255., 1.);

  vec3 N = normalize(world_normal);
  vec2 t = texcoord;
  if (m.flags.y > .5) {
    vec3 a = abs(N);
    t = (a.y > a.x && a.y > a.z) ? world.xz : (a.x > a.z ? world.zy : world.xy);
  }
  vec3 albedo = texture(textures, vec3(t * m.flags.z, m.look.x)).rgb;
  if (m.tint.a > 0.) albedo = mix(albedo, vec3(dot(albedo, vec3(.3, .59, .11))) * 1.6, m.tint.a);
  albedo = linear_light(albedo) * m.tint.rgb;
#ifdef UNLIT
  colour = developed(albedo);
#else
#ifdef BUMPS
  if (subsurface < 0.) {
    colour = developed(albedo);
    return;
  }
#endif

  vec3 V = normalize(eye - world);
  if (dot(N, V) < 0.) N = -N;
#ifdef BUMPS
  if (bump > 0.) {
    vec2 at = (abs(N.x) > abs(N.z) ? world.zy : world.xy) * .18 + texcoord * 1.7;
    vec2 g = texture(textures, vec3(at, float(noise_layer))).rg * 2. - 1.;
    vec3 push = vec3(g.x, g.y, -g.x * .5);
    N = normalize(N + bump * 2.5 * (push - N * dot(N, push)));
  }
#endif
  vec3 L = -key_direction;
  float nl = dot(N, L), nv = max(dot(N, V), .05), lit = lit_share(nl);
  vec3 wrapped = max(vec3((nl + .35) / 1.35, (nl + .12) / 1.12, (nl + .05) / 1.05), 0.);
  vec3 diffuse = mix(vec3(max(nl, 0.)), wrapped, subsurface) * mix(lit, max(lit, .15), subsurface);
  vec3 H = normalize(L + V);
  float a2 = roughness * roughness * roughness * roughness, nh = max(dot(N, H), 0.), d = nh * nh * (a2 - 1.) + 1.;
  float distribution = a2 / (3.1416 * d * d);
  float fresnel = specular + (1. - specular) * fifth_power(1. - max(dot(H, V), 0.));
  float masking = 1. / (4. * max(nv, .2) * max(nl, .2));
  vec3 highlight = vec3(distribution * fresnel * masking * max(nl, 0.) * lit);
  vec3 ambient = max(mix(ground, sky, N.y * .5 + .5) + side * N.x, 0.);
  vec3 reflected = mix(ground, sky * 1.5, smoothstep(-.3, .6, reflect(-V, N).y));
  float gloss = specular + (1. - specular) * fifth_power(1. - nv) * (1. - roughness);
  vec3 fill = fill_colour * max(dot(N, -fill_direction), 0.);
  colour = developed(albedo * (diffuse * key_colour + ambient + fill) + highlight * key_colour + reflected * gloss * (1. - roughness * .7));
#endif
}
