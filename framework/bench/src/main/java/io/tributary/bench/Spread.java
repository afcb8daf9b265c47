package io.tributary.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// One figure, measured several times.
record Spread(double median, double least, double most) {

    static <T> Spread of(List<T> rounds, ToDoubleFunction<T> figure) {
        return of(rounds.stream().mapToDouble(figure).toArray());
    }

    /// Of each round to the round of others beside it.
    static <A, B> Spread ofRatios(
            List<A> rounds,
            ToDoubleFunction<A> figure,
            List<B> others,
            ToDoubleFunction<B> beside) {
        double[] ratios = new double[rounds.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(rounds.get(i)) / beside.applyAsDouble(others.get(i));
        }
        return of(ratios);
    }

    static Spread of(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /// The median, then the least and the most where there are several.
    ///
    /// @param format of one figure, such as `%,.0f`
    String text(String format) {
        String middle = text(format, median);
        return least == most
                ? middle
                : middle + " (" + text(format, least) + " to " + text(format, most) + ")";
    }

    private static String text(String format, double figure) {
        return String.format(Locale.ROOT, format, figure);
    }
}
