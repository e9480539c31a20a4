using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Instances;

namespace SpotifyEtl.Functions.Tests.Triggers;

public sealed class EndReasonTests
{
    // The shapes that Azure's host was seen to give.
    [Theory]
    [InlineData(
        OrchestrationRuntimeStatus.Failed,
        "SpotifyEtl.Errors.PermanentEtlException: Run r failed: Playlist p: not found.",
        "Run r failed: Playlist p: not found.")]
    [InlineData(OrchestrationRuntimeStatus.Failed, """{"message":"Function 'RunEtl' failed.","details":"a long stack"}""", "Function 'RunEtl' failed.")]
    [InlineData(OrchestrationRuntimeStatus.Failed, "\"a JSON string\"", "a JSON string")]
    [InlineData(OrchestrationRuntimeStatus.Failed, null, null)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, "Cancelled.", "Cancelled.")]
    [InlineData(OrchestrationRuntimeStatus.Terminated, "\"Cancelled.\"", "Cancelled.")]
    [InlineData(OrchestrationRuntimeStatus.Terminated, "null", null)]
    [InlineData(OrchestrationRuntimeStatus.Completed, "\"an output\"", null)]
    public void The_reason_of_an_end_is_read_from_every_shape_of_output(OrchestrationRuntimeStatus status, string? output, string? reason) =>
        Assert.Equal(reason, EndReason.Of(new OrchestrationMetadata("RunEtl", "r") { RuntimeStatus = status, SerializedOutput = output }));

    [Fact]
    public void Failure_details_go_before_the_output() => Assert.Equal("why", EndReason.Of(new OrchestrationMetadata("RunEtl", "r")
    {
        RuntimeStatus = OrchestrationRuntimeStatus.Failed,
        SerializedOutput = "something else",
        FailureDetails = new TaskFailureDetails("T", "why", null, null, null),
    }));
}
