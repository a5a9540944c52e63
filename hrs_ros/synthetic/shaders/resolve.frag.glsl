// Averages the samples of a pixel, bends them as the lens does, darkens creases; labels and depth
// come from one sample, never mixed.
uniform sampler2D colours;
uniform sampler2D labels;
uniform sampler2D depths;
uniform int samples;
uniform vec2 planes;  // near, far
uniform float occlusion;
uniform float focal;
uniform float distortion;
uniform float stretch;
layout(location = 0) out vec4 colour;
layout(location = 1) out vec4 ids;
layout(location = 2) out float depth;

float axial(float z) {  // depth along the optical axis of a value of the depth buffer; 0 = nothing there
  return z < 1. ? planes.x * planes.y / (planes.y - z * (planes.y - planes.x)) : 0.;
}

float hash(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }

ivec2 fine(vec2 pixel) {  // the sample that a pinhole has where this lens has ``pixel``; see camera.straighten
  vec2 size = vec2(textureSize(colours, 0)) / float(samples);
  vec2 offset = pixel - size * .5;
  float factor = distortion == 0. ? 1. : (1. + distortion * dot(offset, offset) * 4. / dot(size, size)) / stretch;
  return clamp(ivec2((size * .5 + offset * factor) * float(samples)), ivec2(0), textureSize(colours, 0) - 1);
}

void main() {
  vec2 corner = gl_FragCoord.xy - .5;
  float share_of_sample = 1. / float(samples);
  ivec2 base = fine(corner + .5 * share_of_sample);
  vec2 at = (vec2(base) + .5 * float(samples)) / vec2(textureSize(colours, 0));
  vec3 sum = vec3(0);
  for (int y = 0; y < samples; y++)
    for (int x = 0; x < samples; x++) {
      vec3 root = texelFetch(colours, fine(corner + (vec2(x, y) + .5) * share_of_sample), 0).rgb;
      sum += root * root;
    }
  sum /= float(samples * samples);
  float here = axial(texelFetch(depths, base, 0).r);
  if (occlusion > 0. && here > 0.) {
    float open = 0., radius = focal * 1.1 / here, start = 6.28 * hash(gl_FragCoord.xy);
    for (int i = 0; i < 10; i++) {
      float share = (float(i) + .5) / 10., angle = start + float(i) * 2.4;
      vec2 q = vec2(cos(angle), sin(angle)) * radius * sqrt(share) * .5;
      float a = axial(texture(depths, at + q).r), b = axial(texture(depths, at - q).r);
      open += clamp((here - .5 * (a + b)) * 3., 0., 1.) * step(max(here - a, here - b), 2.5);
    }
    sum *= 1. - occlusion * clamp(open / 10. * 1.8, 0., .8);
  }
  colour = vec4(pow(clamp(sum, 0., 1.), vec3(1. / 2.2)), 1);
  ids = texelFetch(labels, base, 0);
  depth = here;
}
