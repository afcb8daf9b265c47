package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.outbound.Posted.Refused;
import io.tributary.spi.Account;
import io.tributary.spi.Line;
import java.util.List;

/// Our ends on an account, as far as the channel knows them.
record Lines(List<Line> known) {

    static Lines of(OpenAccount account) throws Refusal, InterruptedException {
        var asked = account.ability(Account.class);
        if (asked.isEmpty()) {
            return new Lines(List.of());
        }
        try {
            return new Lines(
                    List.copyOf(
                            account.calls()
                                    .call(
                                            Calls.Kind.CAPABILITIES,
                                            account.id(),
                                            () -> asked.get().lines())));
        } catch (PluginFailure failure) {
            throw new Refusal(
                    new Refused.AccountDown(
                            account.id(),
                            "the channel cannot say which lines it has (" + failure.why() + ")"));
        }
    }

    /// The line of this name; any is taken where the channel knows none.
    String named(String name) throws Refusal {
        if (!known.isEmpty() && known.stream().noneMatch(line -> line.id().equals(name))) {
            throw new Refusal(
                    Refused.Invalid.because(
                            "unknown-line", "the account has no such line; it has " + ids()));
        }
        return name;
    }

    /// The only line there is.
    String only() throws Refusal {
        if (known.size() != 1) {
            throw new Refusal(
                    Refused.Invalid.because(
                            "no-line",
                            known.isEmpty()
                                    ? "the account cannot say which lines it has: name one"
                                    : "the account has several lines: name one of " + ids()));
        }
        return known.getFirst().id();
    }

    private String ids() {
        return String.join(", ", known.stream().map(Line::id).toList());
    }
}
