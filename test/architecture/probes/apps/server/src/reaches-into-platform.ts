// Offends: apps-use-entries
export { inner } from "../../../libs/platform/src/inner.js";
