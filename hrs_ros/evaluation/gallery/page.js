const cards = [...document.querySelectorAll(".card")];
const selects = [...document.querySelectorAll(".filters select[data-kind]")];
const views = ["photo", "masks", "parts"];
function show() {
  let count = 0;
  for (const card of cards) {
    const names = JSON.parse(card.dataset.names);
    const fits = selects.every((s) => !s.value || names[s.dataset.kind].includes(s.value));
    card.hidden = !fits;
    count += fits;
    for (const line of card.querySelectorAll("li")) {
      const words = JSON.parse(line.dataset.words);
      const wanted = selects.filter((s) => s.value && s.dataset.kind !== "parts").map((s) => s.value);
      line.className = wanted.length && wanted.every((word) => words.includes(word)) ? "found" : "";
    }
    const more = card.querySelector("details");
    if (more) more.open = more.querySelector(".found") !== null;
  }
  document.getElementById("shown").textContent = `${count} of ${cards.length} pictures`;
}
for (const select of selects) select.addEventListener("change", show);
document.getElementById("view").addEventListener("change", (event) => {
  document.body.dataset.view = event.target.value;
  for (const card of cards) card.className = "card";
});
for (const image of document.querySelectorAll(".card img"))
  image.addEventListener("click", () => {
    const next = views[(views.indexOf(image.className) + 1) % views.length];
    image.closest(".card").className = `card ${next}-only`;
  });
show();
