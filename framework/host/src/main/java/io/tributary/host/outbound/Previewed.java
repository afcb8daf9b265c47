package io.tributary.host.outbound;

import io.tributary.model.Json;
import io.tributary.model.Part;
import io.tributary.spi.Capabilities.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What would become of a draft if it were posted now.
public sealed interface Previewed {

    /// It would be taken.
    ///
    /// @param sends what the channel would be handed, in order; none for a note
    /// @param degraded what the stored interaction would say of what the channel does not carry as
    ///   it is; null: all of it is carried
    record Sendable(List<Send> sends, @Nullable Json degraded) implements Previewed {
        public Sendable {
            sends = List.copyOf(sends);
        }
    }

    /// It would be refused.
    record Unsendable(Posted.Refused why) implements Previewed {}

    /// What goes to the provider at once.
    record Send(List<Carried> parts) {
        public Send {
            parts = List.copyOf(parts);
        }
    }

    /// A part as the channel would get it.
    ///
    /// @param text how much its text is; null where it is no text
    record Carried(Part part, @Nullable Measure text) {}

    /// How much a text is for the channel.
    ///
    /// @param limit the most that it takes; 0: it names none
    /// @param segments in which the provider would count it; empty where the channel does not say
    record Measure(int length, Unit unit, int limit, List<String> segments) {
        public Measure {
            segments = List.copyOf(segments);
        }

        /// Its numbers, never the text.
        @Override
        public String toString() {
            return "Measure[%d of %d %s, %d segments]"
                    .formatted(length, limit, unit, segments.size());
        }
    }
}
