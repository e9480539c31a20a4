using DurableTask.Sqlite.Store;

namespace DurableTask.Sqlite.Dispatch;

/// <content>What happens to one instance's messages, under the lock.</content>
internal sealed partial class OrchestrationQueue
{
    private Mailbox MailboxOf(Recipient recipient)
    {
        if (!_mailboxes.TryGetValue(recipient.Key, out var mailbox))
        {
            _mailboxes.Add(recipient.Key, mailbox = new Mailbox(recipient.Key, recipient.InstanceId));
        }

        mailbox.HasBegun |= recipient.HasBegun;
        return mailbox;
    }

    private void BecomesDue(Letter letter)
    {
        if (_mailboxes.TryGetValue(letter.Recipient.Key, out var mailbox) && mailbox.TryAddDue(letter))
        {
            Offer(mailbox);
        }
    }

    private OrchestrationWorkItem Hold(Mailbox mailbox, CancellationToken cancellationToken)
    {
        OrchestrationWorkItem workItem = new()
        {
            Mailbox = mailbox,
            InstanceId = mailbox.InstanceId,
            Dispatching = cancellationToken,
            LockedUntilUtc = DateTime.MaxValue,
        };
        mailbox.Holder = workItem;
        TakeNext(workItem);
        _held++;
        _inFlight.Begin();
        return workItem;
    }

    private void Offer(Mailbox mailbox)
    {
        if (mailbox.IsClosed || !mailbox.HasWork || mailbox.IsQueued)
        {
            return;
        }

        if (mailbox.Holder is { } holder)
        {
            if (mailbox.IdleSession is not null)
            {
                TakeNext(holder);
                _idle.End(mailbox, goesOn: true);
            }
        }
        else if (mailbox.NotBefore > _clock.Now)
        {
            _abandoned.Add(mailbox, mailbox.NotBefore);
        }
        else
        {
            mailbox.NotBefore = 0;
            mailbox.IsQueued = true;
            _ready.Add(mailbox);
            MakeRoom();
        }
    }

    private void TakeNext(OrchestrationWorkItem workItem)
    {
        workItem.ClockAhead = _clock.Ahead;
        workItem.Taken = workItem.Mailbox.Take();
        workItem.NoteSlot = _note.Take(-workItem.Mailbox.Key);
    }

    // An idle session holds one of the places that a dispatcher has.
    private void MakeRoom()
    {
        if (_held >= _maxHeld && _ready.HasItems)
        {
            _idle.EndLongest();
        }
    }

    private void ClearNote(OrchestrationWorkItem workItem)
    {
        _note.Clear(workItem.NoteSlot);
        workItem.NoteSlot = 0;
    }
}
