package dev.mayfly.sandbox.microvm;

/** A guest made a hypercall that no compiled code makes. The message is for operators. */
final class BogusHypercallException extends Exception {

    private static final long serialVersionUID = 1L;

    BogusHypercallException(String message) {
        super(message);
    }
}
