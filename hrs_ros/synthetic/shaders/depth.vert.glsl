invariant gl_Position;
in vec3 p;
in vec2 uv;
in uvec4 id;
uniform mat4 view_projection;
out vec2 texcoord;
flat out uvec4 label;
void main() {
  texcoord = uv;
  label = id;
  gl_Position = view_projection * vec4(p, 1);
}
