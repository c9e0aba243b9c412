// The server has just saved these forms: this browser's copies of them go.
import { forgetKeys } from "./copies.js";

export default function forgetSavedDrafts() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("cse-saved="));
  if (!cookie) return;
  forgetKeys(cookie.slice("cse-saved=".length).split("."));
  document.cookie = "cse-saved=; path=/; max-age=0; samesite=lax";
}
