package dev.llmgateway.cli.demo;

import java.io.PrintStream;
import java.util.List;

/** Goes through the steps on the terminal. */
public final class Show {

    private static final String LABEL =
            "Everything here is SIMULATED: the providers run on this machine, no key is used, no model is asked.";

    private final Scene scene;
    private final Screen screen;

    /**
     * A show.
     *
     * @param out the terminal
     * @param colours whether it is one that shows colours
     */
    public Show(Scene scene, PrintStream out, boolean colours) {
        this.scene = scene;
        this.screen = new Screen(out, colours);
    }

    /** Shows every step, also after one has failed. Returns true when all of them did what they say. */
    public boolean run() throws InterruptedException {
        screen.warning(LABEL);
        screen.blank();
        screen.value("gateway", scene.gateway().toString());
        screen.value(Scene.OPENAI, scene.address(Scene.OPENAI) + ", speaks OpenAI's format");
        screen.value(Scene.ANTHROPIC, scene.address(Scene.ANTHROPIC) + ", speaks Anthropic's format");
        screen.value(Scene.AZURE, scene.address(Scene.AZURE) + ", is down: answers everything with status 503");
        int failures = 0;
        try (StepRunner runner = new StepRunner(scene, screen)) {
            List<Step> steps = Steps.all();
            for (int i = 0; i < steps.size(); i++) {
                failures += runs(runner, i + 1, steps.get(i)) ? 0 : 1;
            }
            screen.blank();
            conclude(steps.size(), failures);
        }
        return failures == 0;
    }

    private boolean runs(StepRunner runner, int number, Step step) throws InterruptedException {
        screen.blank();
        screen.title(number + ". " + step.title());
        screen.blank();
        screen.command(step.call().curl(scene.gateway()));
        screen.blank();
        try {
            runner.run(step);
            return true;
        } catch (StepFailure failure) {
            screen.failure("  FAILED: " + failure.getMessage());
            return false;
        }
    }

    private void conclude(int steps, int failures) {
        if (failures == 0) {
            screen.success("All " + steps + " steps did what they say.");
        } else {
            screen.failure(failures + " of " + steps + " steps did NOT do what they say.");
        }
    }

    /** Says how to go on while everything keeps running. */
    public void inviteToStay() {
        screen.blank();
        screen.say("The gateway keeps serving, still simulated. Repeat the commands above, or point a client at it:");
        screen.command("export OPENAI_BASE_URL=" + scene.gateway() + "/v1 OPENAI_API_KEY=simulated");
        screen.command("export ANTHROPIC_BASE_URL=" + scene.gateway() + " ANTHROPIC_API_KEY=simulated");
        screen.say("Ctrl-C stops it.");
    }
}
