// @vitest-environment jsdom
import { useWidget } from './use-widget.js';

useWidget();
