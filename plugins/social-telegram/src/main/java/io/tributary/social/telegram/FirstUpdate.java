package io.tributary.social.telegram;

import io.tributary.model.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Finds the number of the first update in an answer that cannot be read as a whole: token by
/// token, and no further than to there. Telegram writes it before what the update says.
final class FirstUpdate {

    private static final String PLACE = "/result/0/" + UpdateReader.ID;

    /// Tokens are not held, but how they are nested is.
    private static final int DEEPEST = 10_000;

    private static final JsonFactory LENIENT =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                    .build();

    private FirstUpdate() {}

    /// @return null: it is not to be found
    static @Nullable Long number(Bytes answer) {
        try (var parser = LENIENT.createParser(ObjectReadContext.empty(), answer.toArray())) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT && isThere(parser)) {
                    return parser.getLongValue();
                }
            }
        } catch (JacksonException unreadable) {
            // nor is its number
        }
        return null;
    }

    private static boolean isThere(JsonParser parser) {
        return UpdateReader.ID.equals(parser.currentName())
                && PLACE.equals(parser.streamReadContext().pathAsPointer().toString());
    }
}
