package dev.usher.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Horizontal bars as an SVG file that can be read on a light page and on a dark one. */
final class BarChart {
    private static final int WIDTH = 760;
    private static final int LABELS = 270;
    private static final int VALUES = 110;
    private static final int ROW = 26;
    private static final int TOP = 44;
    private static final int LETTER = 7;
    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #1f2328 }
              .title { font-weight: 600; font-size: 15px }
              .kind0 { fill: #2563c9 } .kind1 { fill: #b45309 } .kind2 { fill: #6e7781 }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .kind0 { fill: #6ea8fe } .kind1 { fill: #f0a95b } .kind2 { fill: #8b949e }
              }
            </style>
            """;

    private record Bar(String label, double value, int kind, String shown) {}

    private final String title;
    private final List<String> kinds;
    private final List<Bar> bars = new ArrayList<>();

    /**
     * @param kinds what the colours stand for, at most three
     */
    BarChart(String title, String... kinds) {
        this.title = title;
        this.kinds = List.of(kinds);
    }

    /**
     * @param format of the value that stands beside the bar
     */
    BarChart bar(String label, int kind, double value, String format) {
        bars.add(new Bar(label, value, kind, String.format(Locale.ROOT, format, value)));
        return this;
    }

    String svg() {
        int height = TOP + bars.size() * ROW + (kinds.isEmpty() ? 10 : 36);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n"
                        + "<title>%s</title>%n",
                WIDTH,
                height,
                WIDTH,
                height,
                escaped(title)));
        svg.append(STYLE).append(text(0, 22, "title", title));
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        for (int i = 0; i < bars.size(); i++) svg.append(row(bars.get(i), TOP + i * ROW, most));
        return svg.append(legend(height - 10)).append("</svg>\n").toString();
    }

    private static String row(Bar bar, int y, double most) {
        double length = Math.max(1, bar.value() / most * (WIDTH - LABELS - VALUES));
        return text(0, y + 14, "label", bar.label())
                + String.format(
                        Locale.ROOT,
                        "<rect class=\"kind%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" rx=\"2\"/>%n",
                        bar.kind(),
                        LABELS,
                        y,
                        length)
                + text(LABELS + length + 6, y + 14, "value", bar.shown());
    }

    private String legend(int y) {
        StringBuilder legend = new StringBuilder();
        int x = LABELS;
        for (int kind = 0; kind < kinds.size(); kind++) {
            legend.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"kind%d\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" rx=\"2\"/>%n",
                    kind,
                    x,
                    y - 11));
            legend.append(text(x + 18, y, "label", kinds.get(kind)));
            x += 18 + kinds.get(kind).length() * LETTER + 24;
        }
        return legend.toString();
    }

    private static String text(double x, int y, String kind, String text) {
        return String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>%n", kind, x, y, escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
