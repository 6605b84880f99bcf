// @vitest-environment happy-dom
import { useWidget } from './use-widget.js';

useWidget();
