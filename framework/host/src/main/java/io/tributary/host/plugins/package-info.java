/// Which channels there are: class loaders over verified jars that see only the SPI besides, and
/// the channels found in them. The only room that knows PF4J.
@NullMarked
package io.tributary.host.plugins;

import org.jspecify.annotations.NullMarked;
