package io.tributary.host.outbound;

import io.tributary.host.journal.Journal;
import org.junit.jupiter.api.DisplayName;

@DisplayName("of a message with a fallback plan")
final class FallbackTest extends FallbackPartsRules {

    private final Journals journals = new Journals(clock);

    @Override
    Journal journal() {
        return journals.journal();
    }

    @Override
    void drop() {
        journals.close();
    }
}
