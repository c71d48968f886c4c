import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // The variables for all examples stand in one file, which Usher writes.
  envDir: '..',
  server: { host: 'localhost', port: Number(process.env.PORT ?? 3002), strictPort: true },
});
