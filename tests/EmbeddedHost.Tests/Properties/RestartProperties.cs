using FsCheck.Xunit;

namespace EmbeddedHost.Tests.Properties;

public sealed class RestartProperties
{
    [Property(Arbitrary = [typeof(Plans)], MaxTest = 100)]
    public async Task An_orchestration_whose_host_is_restarted_after_every_step_has_the_result_and_the_history_of_one_left_alone(PlanCase made)
    {
        using SteppedHost undisturbed = new(restartsAfterEveryStep: false);
        using SteppedHost restarted = new(restartsAfterEveryStep: true);

        var expected = await undisturbed.RunAsync(made.Plan, made.Seed);
        var actual = await restarted.RunAsync(made.Plan, made.Seed);

        Assert.Equal(expected, actual);
        Assert.Equal(1, undisturbed.Lives);
        Assert.True(restarted.Lives > expected.Split('\n').Count(line => line.StartsWith("  ", StringComparison.Ordinal)), "a step went by without a restart");
    }
}
