package io.tributary.host.workshop;

import java.util.List;

/// How far a project is at a moment.
///
/// @param number grows with every change
/// @param text one sentence for people
/// @param took from the save to serving, in milliseconds; 0 where nothing was saved meanwhile
public record BenchState(
        long number, Phase phase, String text, List<Complaint> complaints, long took) {

    /// Where in its round the project is. What served before goes on serving in each of them.
    public enum Phase {
        PREPARING,
        SERVING,
        FAULTY
    }

    static final BenchState FIRST =
            new BenchState(0, Phase.PREPARING, "Looking at the project.", List.of(), 0);

    BenchState preparing(String what) {
        return new BenchState(number + 1, Phase.PREPARING, what, List.of(), 0);
    }

    BenchState serving(String what, long milliseconds) {
        return new BenchState(number + 1, Phase.SERVING, what, List.of(), milliseconds);
    }

    BenchState faulty(List<Complaint> why) {
        return new BenchState(
                number + 1,
                Phase.FAULTY,
                "This cannot serve; what served before goes on.",
                List.copyOf(why),
                0);
    }
}
