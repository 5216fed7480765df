// Runs after `npm install`. Gets the fastest tensor backend that this machine allows; it never breaks the install.
import { setUpTensorFlow } from './setup-tensorflow.mjs';

try {
  const { line } = await setUpTensorFlow();
  console.log(line);
} catch (error) {
  console.log(`Pathlight will compute with WebAssembly: setting up TensorFlow failed (${error.message}).`);
}
