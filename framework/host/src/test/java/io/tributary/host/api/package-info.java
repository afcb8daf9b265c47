/// What the public interface does beside what is seen over HTTP.
@NullMarked
package io.tributary.host.api;

import org.jspecify.annotations.NullMarked;
