import '@digital-go-jp/design-tokens/dist/tokens.css';
import './styles/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startTexts } from './i18n/setup.ts';
import { loadFontIfNeeded } from './styles/font.ts';

await startTexts();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
createRoot(root).render(<App />);
loadFontIfNeeded();
