/// What the SPI's own code promises.
@NullMarked
package io.tributary.spi;

import org.jspecify.annotations.NullMarked;
