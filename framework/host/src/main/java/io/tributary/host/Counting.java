package io.tributary.host;

import io.tributary.host.agents.Agents;
import io.tributary.host.agents.Follow;
import io.tributary.host.cluster.Insights;
import io.tributary.host.journal.Journal;

/// Live counters over the rows that the stream has in memory, and over the log where it has not.
final class Counting {

    private Counting() {}

    static Insights of(Journal journal, Agents agents) {
        Follow follow = agents.follow();
        return new Insights(
                Insights.Counted.of(journal),
                (position, limit) -> {
                    Follow.Stretch next = follow.after(position, limit);
                    return new Insights.Next(next.rows(), next.fromLog());
                },
                Insights.Pace.USUAL);
    }
}
