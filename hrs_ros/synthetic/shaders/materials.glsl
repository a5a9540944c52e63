// Shared by every fragment shader that looks at materials. Rows as in scene_graph.Material.row().
uniform sampler2DArray textures;
struct Material {
  vec4 tint;    // rgb tint, desaturation
  vec4 look;    // texture layer, roughness, specular, bump
  vec4 flags;   // alpha cut, triplanar, texture scale, subsurface
};
layout(std140) uniform Materials { Material materials[250]; };
