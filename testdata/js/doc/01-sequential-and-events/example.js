// Traditional sequential code
console.log("Step 1");
console.log("Step 2");
console.log("Step 3");

// Event-driven code
document.addEventListener("click", function() {
  console.log("Button was clicked!");
});
console.log("Waiting for click event...");
