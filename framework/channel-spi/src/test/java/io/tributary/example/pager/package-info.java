/// A whole channel, as the SPI's documentation shows it.
@NullMarked
package io.tributary.example.pager;

import org.jspecify.annotations.NullMarked;
