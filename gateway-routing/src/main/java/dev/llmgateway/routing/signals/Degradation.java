package dev.llmgateway.routing.signals;

/**
 * A model that got worse at something: what was reported in the last window, against the window before it.
 *
 * @param card the id of the model's card
 * @param taskType of the reports
 * @param previous what was reported in the window before
 * @param current what was reported in the last window
 */
public record Degradation(String card, String taskType, Level previous, Level current) {

    /**
     * What was reported in one window.
     *
     * @param samples how many reports
     * @param mean of their values, 0..1
     */
    public record Level(long samples, double mean) {}

    /** How far the mean fell, as a part of what it was: 0.25 for a fall from 0.8 to 0.6. */
    public double drop() {
        return previous.mean() == 0 ? 0 : (previous.mean() - current.mean()) / previous.mean();
    }
}
