namespace EmbeddedHost.Engine;

/// <summary>One step of an instance: the messages that it takes up, and its time.</summary>
internal sealed class StepRun(LiveInstance live, List<Message> messages, DateTime now) : CodeRun
{
    public LiveInstance Live => live;

    public List<Message> Messages => messages;

    public DateTime Now => now;
}
