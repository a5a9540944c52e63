invariant gl_Position;  // the depth pass must land on the same fragments
in vec3 p;
in vec3 n;
in vec2 uv;
in uvec4 id;
uniform mat4 view_projection;
uniform mat4 shadow_matrix;
out vec3 world;
out vec3 world_normal;
out vec2 texcoord;
flat out uvec4 label;
out vec4 shadow_position;
void main() {
  world = p;
  world_normal = n;
  texcoord = uv;
  label = id;
  shadow_position = shadow_matrix * vec4(p, 1);
  gl_Position = view_projection * vec4(p, 1);
}
