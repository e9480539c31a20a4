namespace Microsoft.Azure.Functions.Worker;

/// <summary>Where to watch and steer an instance over HTTP. The addresses carry the durable system key: give them only to whom may do all of it.</summary>
public class HttpManagementPayload
{
    /// <summary>The instance's id.</summary>
    public string? Id { get; internal init; }

    /// <summary>GET: what the instance does.</summary>
    public string? StatusQueryGetUri { get; internal init; }

    /// <summary>POST with <c>{eventName}</c> filled in: sends an event.</summary>
    public string? SendEventPostUri { get; internal init; }

    /// <summary>POST with <c>{{text}}</c> filled in: terminates.</summary>
    public string? TerminatePostUri { get; internal init; }

    /// <summary>Always null, as the package leaves it.</summary>
    public string? RewindPostUri { get; internal init; }

    /// <summary>DELETE: purges.</summary>
    public string? PurgeHistoryDeleteUri { get; internal init; }

    /// <summary>Always null, as the package leaves it.</summary>
    public string? RestartPostUri { get; internal init; }

    /// <summary>POST with <c>{{text}}</c> filled in: suspends.</summary>
    public string? SuspendPostUri { get; internal init; }

    /// <summary>POST with <c>{{text}}</c> filled in: resumes.</summary>
    public string? ResumePostUri { get; internal init; }
}
