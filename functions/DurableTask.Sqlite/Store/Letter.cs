using DurableTask.Core;
using DurableTask.Core.History;

namespace DurableTask.Sqlite.Store;

/// <summary>A committed message to an orchestration that no checkpoint has taken up yet.</summary>
/// <param name="id">Its id in the database.</param>
/// <param name="recipient">Whom it is for.</param>
/// <param name="executionId">The execution that it is for; null: any.</param>
/// <param name="visibleAt">When it is due, in ticks (UTC).</param>
/// <param name="message">The message.</param>
internal sealed class Letter(long id, Recipient recipient, string? executionId, long visibleAt, TaskMessage message)
{
    public long Id => id;

    public Recipient Recipient => recipient;

    public string? ExecutionId => executionId;

    public long VisibleAt => visibleAt;

    public TaskMessage Message => message;

    public bool IsStart => message.Event.EventType == EventType.ExecutionStarted;

    public bool IsRewind => message.Event.EventType == EventType.ExecutionRewound;
}

/// <summary>An instance that has been sent something.</summary>
/// <param name="Key">Its key in the database.</param>
/// <param name="InstanceId">Its id.</param>
/// <param name="HasBegun">Whether it has a history.</param>
internal readonly record struct Recipient(long Key, string InstanceId, bool HasBegun);
