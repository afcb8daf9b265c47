/// A channel: Echo.
@NullMarked
package com.example.echo;

import org.jspecify.annotations.NullMarked;
