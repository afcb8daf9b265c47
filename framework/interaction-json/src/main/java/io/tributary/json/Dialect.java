package io.tributary.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// How JSON is read and written here, and the limits that keep both bounded.
final class Dialect {

    /// How deep a value may be nested that comes from outside: from an agent app or a provider.
    static final int DEEPEST_FROM_OUTSIDE = 64;

    /// How deep a stored interaction may be nested: a value from outside and what is around it.
    private static final int DEEPEST_STORED = 2 * DEEPEST_FROM_OUTSIDE;

    /// Reads what others wrote. The size is bounded by whoever took the bytes from the network.
    static final JsonFactory OUTSIDE =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST_FROM_OUTSIDE)
                                    .build())
                    .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                    .build();

    /// Writes interactions and reads them again. Whatever it has written it must be able to read,
    /// so nothing is limited here but the depth, and that already when writing.
    static final JsonFactory STORED =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST_STORED)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .streamWriteConstraints(
                            StreamWriteConstraints.builder()
                                    .maxNestingDepth(DEEPEST_STORED)
                                    .build())
                    .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                    .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                    .build();

    private Dialect() {}
}
