invariant gl_Position;  // the depth pass must land on the same fragments
in vec3 p;
in vec3 n;
in vec2 uv;
in uvec4 id;
uniform mat4 view_projection;
out vec3 world;
out vec3 world_normal;
out vec2 texcoord;
flat out uvec4 label;
void main() {
  world = p;
  world_normal = n;
  texcoord = uv;
  label = id;
  gl_Position = view_projection * vec4(p, 1);
}
