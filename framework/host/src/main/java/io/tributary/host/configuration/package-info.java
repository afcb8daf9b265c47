/// tributary.yaml and the environment: read strictly, every mistake told at once with its place.
@NullMarked
package io.tributary.host.configuration;

import org.jspecify.annotations.NullMarked;
