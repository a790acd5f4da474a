package dev.llmgateway.cli;

/** A command cannot do what was asked. The message is a sentence for the person at the terminal. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    private CommandFailure(int exitStatus, String message) {
        super(message);
        this.exitStatus = exitStatus;
    }

    /** It was asked for in a way that makes no sense. */
    static CommandFailure usage(String message) {
        return new CommandFailure(2, message);
    }

    /** It was asked for properly, and could not be found out. */
    static CommandFailure unknown(String message) {
        return new CommandFailure(2, message);
    }

    /** It was asked for properly, and does not work. */
    static CommandFailure failed(String message) {
        return new CommandFailure(1, message);
    }

    int exitStatus() {
        return exitStatus;
    }
}
