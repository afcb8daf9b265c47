/// Which channels there are: artifacts, class loaders that see only the SPI, and the channels found
/// in them. The only room that knows PF4J.
@NullMarked
package io.tributary.host.plugins;

import org.jspecify.annotations.NullMarked;
