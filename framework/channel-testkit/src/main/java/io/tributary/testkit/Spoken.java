package io.tributary.testkit;

import io.tributary.model.Content;
import io.tributary.spi.InboundPart;
import java.util.List;
import java.util.stream.Stream;

/// What customers said, as far as it is long enough to be recognised elsewhere.
final class Spoken {

    private static final int RECOGNISABLE = 4;

    private Spoken() {}

    static List<String> in(List<Stored> stored) {
        return stored.stream()
                .flatMap(one -> one.inbound().parts().stream())
                .map(InboundPart::content)
                .flatMap(content ->
                        content instanceof Content.Text text
                                ? Stream.of(text.text())
                                : Stream.empty())
                .filter(text -> text.length() >= RECOGNISABLE)
                .toList();
    }
}
