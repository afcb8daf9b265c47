package io.tributary.host.cluster;

import io.tributary.model.ChannelId;
import java.time.Duration;

/// The sums of one account. Not thread safe.
final class Tally {

    ChannelId channel;
    long arrivals;
    long answered;
    long untilAnswered;
    long longest;

    Tally(ChannelId channel) {
        this.channel = channel;
    }

    /// Clocks may say that it came before the question.
    void answer(Duration waited) {
        long millis = Math.max(0, waited.toMillis());
        answered++;
        untilAnswered += millis;
        longest = Math.max(longest, millis);
    }
}
