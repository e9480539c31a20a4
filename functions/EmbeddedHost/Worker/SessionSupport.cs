using System.Diagnostics;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Worker;

/// <summary>Whether the app's worker keeps an orchestration between two steps and can go on without its history, told by the file that would.</summary>
internal sealed class SessionSupport(AppFolder app, ILogger<SessionSupport> logger)
{
    private const string SessionsAssembly = "Microsoft.DurableTask.Worker.Grpc.dll";

    // The first whose requests name what an earlier one called otherwise: given a step without its history, that one would spoil the run.
    private static readonly Version s_firstWithSessions = new(1, 19);

    private readonly Lazy<bool> _isThere = new(() => Look(Path.Combine(app.Path, SessionsAssembly), logger));

    public bool IsThere => _isThere.Value;

    private static bool Look(string path, ILogger logger)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        var info = FileVersionInfo.GetVersionInfo(path);
        Version version = new(info.FileMajorPart, info.FileMinorPart);
        if (version >= s_firstWithSessions)
        {
            return true;
        }

        WorkerLog.WithoutSessions(logger, version.ToString(), s_firstWithSessions.ToString());
        return false;
    }
}
