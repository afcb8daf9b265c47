/// Configuration as operators write it, rightly and wrongly.
@NullMarked
package io.tributary.host.configuration;

import org.jspecify.annotations.NullMarked;
