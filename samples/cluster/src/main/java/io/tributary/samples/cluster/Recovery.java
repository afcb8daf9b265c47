package io.tributary.samples.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// What the others do when a member has ended, however that came; then it is started again.
final class Recovery {

    private static final Duration MOST = Duration.ofMinutes(2);

    private final Stage stage;

    Recovery(Stage stage) {
        this.stage = stage;
    }

    /// @param member that has ended just now
    /// @return whether no webhook failed and nothing was lost
    boolean tell(Member member) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Cluster cluster = stage.cluster();
        Terminal terminal = stage.terminal();
        terminal.line("");
        terminal.after(begin, "%s has ended", member.name());
        // whoever the front finds: another one may be killed meanwhile
        Slots before = Slots.seen(cluster.operator(), stage.front());
        long run = before.run(member.name());
        Map<String, Long> owners = new TreeMap<>(before.owners());
        if (!owners.containsValue(run)) {
            terminal.after(begin, "it had no account to send for");
        }
        Stage.until(
                "others send for its accounts",
                MOST,
                () -> {
                    Slots now = Slots.seen(cluster.operator(), stage.front());
                    now.owners()
                            .forEach((account, owner) -> {
                                Long old = owners.put(account, owner);
                                if (old != null && old.longValue() != owner) {
                                    terminal.after(
                                            begin,
                                            "%-8s %s → %s",
                                            account,
                                            member.name(),
                                            now.names().getOrDefault(owner, "?"));
                                }
                            });
                    return now.without(run, stage.accounts());
                });
        long again = System.nanoTime();
        cluster.start(member);
        Stage.until(
                "the front sends to all members",
                MOST,
                () -> {
                    Member also = cluster.ended().poll();
                    if (also != null) {
                        terminal.after(begin, "%s has ended, too", also.name());
                        cluster.start(also);
                    }
                    return stage.way().ready() == cluster.members().size();
                });
        terminal.after(
                begin,
                "%s is back; its start took %s",
                member.name(),
                Terminal.seconds(System.nanoTime() - again));
        terminal.line("");
        return stage.reckon();
    }
}
