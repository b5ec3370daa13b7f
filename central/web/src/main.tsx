import './styles/base.css';
import './styles/shell.css';
import './i18n';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { applyTheme, keptTheme } from './app/theme';

applyTheme(keptTheme());
const place = document.getElementById('console');
if (place) createRoot(place).render(<StrictMode><App /></StrictMode>);
