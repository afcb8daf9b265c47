package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.model.Content;
import io.tributary.model.Part;
import io.tributary.spi.Capabilities.Rate;
import java.util.List;

/// How much of an account's rates a send takes.
final class Cost {

    private Cost() {}

    /// As many as the provider counts segments of its texts, by the channel's own rules; anything
    /// else, and a text of which the channel does not say, is one. At least one.
    ///
    /// @param rates where there are none nobody is asked
    static int of(List<Part> parts, List<Rate> rates, OpenAccount account)
            throws InterruptedException {
        if (rates.isEmpty()) {
            return 1;
        }
        var texts =
                parts.stream()
                        .map(Part::content)
                        .filter(Content.Text.class::isInstance)
                        .map(content -> ((Content.Text) content).text())
                        .toList();
        var said = Preview.segments(account, texts);
        int segments = said.stream().mapToInt(each -> Math.max(1, each.size())).sum();
        return Math.max(1, segments + parts.size() - said.size());
    }
}
