namespace EmbeddedHost.Worker;

/// <summary>The bindings that this host has, by the names that Azure Functions gives them.</summary>
internal static class BindingTypes
{
    public const string HttpTrigger = "httpTrigger";
    public const string TimerTrigger = "timerTrigger";
    public const string OrchestrationTrigger = "orchestrationTrigger";
    public const string ActivityTrigger = "activityTrigger";
    public const string DurableClient = "durableClient";
    public const string Http = "http";

    public static IReadOnlyList<string> All { get; } = [HttpTrigger, TimerTrigger, OrchestrationTrigger, ActivityTrigger, DurableClient, Http];

    public static bool IsTrigger(string type) => type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase);
}
