import type { Config } from "tailwindcss";

const token = (name: string) => `var(--${name})`;

/** Every colour is a semantic variable of app/globals.css, so one class holds in both themes. */
const colors = {
  transparent: "transparent",
  current: "currentColor",
  inherit: "inherit",
  canvas: token("canvas"),
  surface: token("surface"),
  raised: token("raised"),
  sunken: token("sunken"),
  overlay: token("overlay"),
  line: { DEFAULT: token("line"), strong: token("line-strong") },
  ink: { DEFAULT: token("ink"), muted: token("ink-muted"), faint: token("ink-faint") },
  accent: {
    DEFAULT: token("accent"),
    ink: token("accent-ink"),
    soft: token("accent-soft"),
  },
  good: { DEFAULT: token("good"), soft: token("good-soft") },
  warn: { DEFAULT: token("warn"), soft: token("warn-soft") },
  bad: {
    DEFAULT: token("bad"),
    ink: token("bad-ink"),
    soft: token("bad-soft"),
  },
  info: { DEFAULT: token("info"), soft: token("info-soft") },
};

export default {
  content: ["./app/**/*.{ts,tsx}", "./components/**/*.{ts,tsx}"],
  theme: {
    colors,
    fontFamily: {
      sans: token("font-sans"),
      mono: token("font-mono"),
    },
    fontSize: {
      xs: ["0.75rem", { lineHeight: "1rem" }],
      sm: ["0.8125rem", { lineHeight: "1.25rem" }],
      base: ["0.875rem", { lineHeight: "1.375rem" }],
      md: ["1rem", { lineHeight: "1.5rem" }],
      lg: ["1.125rem", { lineHeight: "1.625rem" }],
      xl: ["1.375rem", { lineHeight: "1.875rem" }],
      "2xl": ["1.75rem", { lineHeight: "2.25rem" }],
    },
    borderRadius: {
      none: "0",
      sm: "0.25rem",
      DEFAULT: "0.375rem",
      md: "0.375rem",
      lg: "0.625rem",
      xl: "0.875rem",
      full: "9999px",
    },
    boxShadow: {
      none: "none",
      low: token("shadow-low"),
      high: token("shadow-high"),
    },
    extend: {
      // A fill carries white words, the same hue as text stands on dark: in the dark theme these are two colours.
      backgroundColor: {
        accent: { DEFAULT: token("accent-fill"), hover: token("accent-fill-hover") },
        bad: { DEFAULT: token("bad-fill"), hover: token("bad-fill-hover") },
      },
      fill: { accent: token("accent-fill") },
      borderColor: { DEFAULT: token("line") },
      outlineColor: { DEFAULT: token("accent") },
      maxWidth: { page: "72rem", form: "34rem", prose: "42rem" },
      spacing: { touch: "2.75rem" },
      keyframes: {
        "fade-in": { from: { opacity: "0" } },
        "rise-in": { from: { opacity: "0", transform: "translateY(0.375rem)" } },
        shimmer: { "50%": { opacity: "0.5" } },
      },
      animation: {
        "fade-in": "fade-in 120ms ease-out",
        "rise-in": "rise-in 160ms ease-out",
        shimmer: "shimmer 1.6s ease-in-out infinite",
      },
    },
  },
} satisfies Config;
