/// A channel's project while somebody writes it: made from templates, compiled on save, and shown
/// beside what a member makes of it.
@NullMarked
package io.tributary.host.workshop;

import org.jspecify.annotations.NullMarked;
