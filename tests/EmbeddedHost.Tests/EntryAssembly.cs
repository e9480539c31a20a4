using System.Reflection;

namespace EmbeddedHost.Tests;

/// <summary>The assembly in which the worker looks for what was generated from an app's functions: the process has one, which tests share.</summary>
internal static class EntryAssembly
{
    private static readonly Lock s_gate = new();

    /// <summary>Makes something while another assembly is the entry assembly.</summary>
    public static T With<T>(Assembly entry, Func<T> make)
    {
        lock (s_gate)
        {
            var before = Assembly.GetEntryAssembly();
            Assembly.SetEntryAssembly(entry);
            try
            {
                return make();
            }
            finally
            {
                Assembly.SetEntryAssembly(before);
            }
        }
    }
}
