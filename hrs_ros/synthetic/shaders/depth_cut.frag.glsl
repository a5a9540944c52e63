in vec2 texcoord;
flat in uvec4 label;
void main() {
  Material m = materials[label.w];
  if (m.flags.x > 0.5 && texture(textures, vec3(texcoord, m.look.x)).a < 0.4) discard;
}
