// @vitest-environment jsdom
// @vitest-environment-options { "pretendToBeVisual": false }
import { useWidget } from './use-widget.js';

useWidget();
