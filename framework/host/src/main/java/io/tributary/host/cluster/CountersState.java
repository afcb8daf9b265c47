package io.tributary.host.cluster;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What live counters remember, and its form in a snapshot. Not thread safe.
///
/// A channel without an end of its conversations would have more and more of them open: of those
/// where nothing happened for longest, what goes beyond the bound counts as closed.
final class CountersState {

    private static final int VERSION = 1;
    private static final int MOST_ONGOING = 200_000;
    private static final int ANSWERED = 1;
    private static final int WAITING = 2;

    final Map<AccountId, Tally> tallies = new HashMap<>();

    /// Those where something happened last come last.
    final Map<ConversationId, Ongoing> ongoing =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ConversationId, Ongoing> eldest) {
                    return size() > MOST_ONGOING;
                }
            };

    LogTimeline timeline;
    long position;

    CountersState(LogTimeline timeline, long position) {
        this.timeline = timeline;
        this.position = position;
    }

    Bytes written() {
        var out = new WireWriter().octet(VERSION);
        timeline.write(out);
        out.number(position).number(tallies.size());
        tallies.forEach((account, tally) ->
                out.word(account.value())
                        .word(tally.channel.value())
                        .number(tally.arrivals)
                        .number(tally.answered)
                        .number(tally.untilAnswered)
                        .number(tally.longest));
        out.number(ongoing.size());
        ongoing.forEach((conversation, each) -> {
            Instant since = each.waitingSince();
            out.uuid(conversation.value())
                    .word(each.account().value())
                    .octet((each.answered() ? ANSWERED : 0) | (since == null ? 0 : WAITING));
            if (since != null) {
                out.number(since.toEpochMilli());
            }
        });
        return Bytes.wrap(out.toArray());
    }

    static Optional<CountersState> read(Bytes snapshot) {
        try {
            var in = new WireReader(snapshot);
            return in.octet() == VERSION ? Optional.of(read(in)) : Optional.empty();
        } catch (Unreadable | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static CountersState read(WireReader in) {
        var state = new CountersState(LogTimeline.read(in), in.number());
        for (int left = in.count(); left > 0; left--) {
            var account = new AccountId(in.word());
            var tally = new Tally(new ChannelId(in.word()));
            tally.arrivals = in.number();
            tally.answered = in.number();
            tally.untilAnswered = in.number();
            tally.longest = in.number();
            state.tallies.put(account, tally);
        }
        for (int left = in.count(); left > 0; left--) {
            var conversation = new ConversationId(in.uuid());
            var account = new AccountId(in.word());
            int flags = in.octet();
            state.ongoing.put(
                    conversation, new Ongoing(account, (flags & ANSWERED) != 0, since(flags, in)));
        }
        return state;
    }

    private static @Nullable Instant since(int flags, WireReader in) {
        return (flags & WAITING) == 0 ? null : Instant.ofEpochMilli(in.number());
    }
}
